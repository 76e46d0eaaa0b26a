"""Values as text, to the character as MATLAB R2024 prints them.

`show` is what a statement without `;` prints, `disp` what the function disp prints; both give text and print nothing.

  formats      numbers: `Format`, and how the numbers of one array are written together
  matrices     numeric, logical and char arrays, string and categorical arrays
  containers   cells and structs, and how any value looks inside one
  objects      objects: a title and their properties
  tables       tables: names over underscores
  sparse       sparse matrices: what is not zero, one a line
  dlarrays     dlarrays: sizes with labels over the numbers
  values       which of these a value goes to: `show`, `disp`
  printf       the sprintf engine: `format_text`
  conversion   num2str, mat2str, int2str
  workspace    the tables of whos and who
"""

from cnnscript.display.formats import Format
from cnnscript.display.values import disp, show

__all__ = ["Format", "disp", "show"]
