"""What learners hold, and what a change costs them.

A note that did not change keeps its guid and its time, so that Anki leaves a learner's copy alone:
reviews, tags and corrections stay.
"""
