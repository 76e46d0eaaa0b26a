eval('x = [1 2')
%---- gives ----
error: Invalid expression. When calling a function or indexing a variable, use parentheses. Otherwise, check for mismatched delimiters.
  <eval>:1:5
    x = [1 2
        ^
    the `[` of line 1 is never closed
