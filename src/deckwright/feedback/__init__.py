"""What learners send back: messages about cards, with their places in the files, and answers.

Nothing about people is kept: who wrote, and to whom, is dropped where a message is read.
"""
