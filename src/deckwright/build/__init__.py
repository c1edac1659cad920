"""The whole way from a folder of cards to a package.

Plan first, write only what has no errors. Cache and worker processes change how long that takes,
never what is made.
"""
