y = sin(3
%---- gives ----
error: Invalid expression. When calling a function or indexing a variable, use parentheses. Otherwise, check for mismatched delimiters.
  unclosed_paren.m:1:8
    y = sin(3
           ^
    the `(` of line 1 is never closed
