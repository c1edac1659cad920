"""The commands: their options and exit codes, and what they print for people and programs.

Exit code 0 is fine, 1 problems, 2 wrong usage, 3 something that is not installed. Only this wing
prints.
"""
