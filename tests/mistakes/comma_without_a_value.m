x = f(1,,2)
%---- gives ----
error: Invalid expression. Check for missing multiplication operator, missing or unbalanced delimiters, or other syntax error. To construct matrices, use brackets instead of parentheses.
  comma_without_a_value.m:1:9
    x = f(1,,2)
            ^
    a value is missing before `,`
