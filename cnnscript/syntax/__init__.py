"""Text to tokens to a tree.

What is where:
    grammar/cnnscript.lark  the language
    table       the grammar as a parse table, kept between runs (the only place that needs Lark)
    lexer       text → tokens: the grammar's terminals, and what depends on where a word stands
    parser      tokens → tree: the loop over the table
    builder     one function a rule: the nodes
    tree        the nodes, those of expressions from expression_nodes
    mistakes    what is wrong with a text, in words
    recovery    a text past its mistakes: all of them, and the tree of the rest
    reading     a file's bytes → text; live_code: the text in a live script
    colours     what each word is, for the prompt
"""

from cnnscript.syntax.colours import tokens
from cnnscript.syntax.parser import incomplete, parse
from cnnscript.syntax.reading import read_source

__all__ = ["incomplete", "parse", "read_source", "tokens"]
