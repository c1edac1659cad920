"""The messages that stand in the code."""

import ast

from house import modules, parsed

# Makes messages again of what a cache holds, whatever they are.
_NOT_LITERAL = {"build._rendered_file_json"}


def templates() -> dict[str, str]:
    """Return the templates of all messages in the code, each with a module that has it."""
    found = {}
    for name, path in modules().items():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                template = node.args[0]
                if isinstance(template, ast.Constant):
                    found[str(template.value)] = name
                else:
                    assert name in _NOT_LITERAL, f"{path}:{node.lineno}: write the text itself"
    return found


def hints() -> dict[str, str]:
    """Return the templates of all that tells an author what to write, each with its module.

    That is what is called `hint`, what comes last in a problem or behind a message, and what an SVG
    is fixed by.
    """
    found: dict[str, str] = {}
    for name, path in modules().items():
        for node in ast.walk(parsed(path)):
            for each in _hints_in(node, all_of_it=name == "cards._svg_problems"):
                if isinstance(each, ast.IfExp):
                    found.update({t: name for half in (each.body, each.orelse) for t in _own(half)})
                found.update(dict.fromkeys(_own(each), name))
    return found


def _hints_in(node: ast.AST, *, all_of_it: bool) -> list[ast.AST]:
    if all_of_it:
        return [node]
    if isinstance(node, ast.Assign) and [*map(ast.unparse, node.targets)] == ["hint"]:
        return [node.value]
    parts = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
    messages = [part for part in parts if _own(part)]
    is_pair = len(parts) >= PAIR and not isinstance(node, (ast.List, ast.Set))
    return [parts[-1]] if is_pair and messages and parts[-1] is messages[-1] else []


PAIR = 2


def _own(node: ast.AST) -> list[str]:
    """Return the template of a message that is made here."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Message":
        return []
    return [str(first.value) for first in node.args[:1] if isinstance(first, ast.Constant)]
