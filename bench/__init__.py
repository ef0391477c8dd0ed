"""`make bench`: what the classifier costs and how good it is, next to the packages a Python site would pick instead."""
