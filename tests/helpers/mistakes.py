"""A file of cards with a mistake of each kind."""

MISTAKES = """\
subdeck: Stuk
tags: [a b]
notes:
  - id: Een
    question: Wat nu.
    answer: |
      Bij <span>de deur</span> en ![](media/weg.png).
    hint: "Met \\x07."
    explanation: &a Zo.
  - id: n-1
    cloze: |
      De {{c1::kleur}} **{{c2::van** rood}} kun je van ver heel goed zien {{c4::
    allow: {cloze-many: het kan niet anders, answer-long: }
  - id: "n\x2d3"
    question: 'Wat is er ''nu'' niet?'
    answer: >
      Een regel,
      en nog een.
    covers: [x, y]
  - 3
"""
