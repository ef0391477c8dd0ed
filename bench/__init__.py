"""`make bench`: what Discuss costs, next to what a site would use instead."""
