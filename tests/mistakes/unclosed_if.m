x = 3;
if x > 2
  y = 1;
for k = 1:3
  y = y + k;
end
%---- gives ----
error: At least one END is missing: the statement may begin here.
  unclosed_if.m:2:1
    if x > 2
    ^^
    the `if` of line 2 is never closed
