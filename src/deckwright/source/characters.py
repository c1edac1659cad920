"""Characters that no text of a card may hold."""

import re

# What is not text, or ends a line for YAML but for no editor: neither Anki's database nor a phone
# can show it. The last plane belongs to the renderer of cards (`cards._marks`).
NOT_TEXT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U00100000-\U0010ffff]"
)
# What reverses the direction of a text, or hides in it. What joins characters into one (emoji), and
# what marks a direction once, may stand in a text.
HIDDEN = re.compile(
    r"[\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
