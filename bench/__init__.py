"""`make bench`: what Discuss costs next to what a site would use instead, of its classifier and of its feed."""
