"""All that depends on a language: word lists for the rules, labels on cards, texts for learners.

A language is one data file here, `<code>.toml`; add a file to add a language.
"""
