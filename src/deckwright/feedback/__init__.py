"""What learners send back: messages about cards, and the places in the files that they are about.

Nothing about people is kept: who wrote, and to whom, is dropped where a message is read.
"""
