x = 3)
%---- gives ----
error: Invalid expression. When calling a function or indexing a variable, use parentheses. Otherwise, check for mismatched delimiters.
  stray_bracket.m:1:6
    x = 3)
         ^
    `)` closes nothing here
