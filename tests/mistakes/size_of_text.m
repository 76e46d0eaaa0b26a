zeros('3')  
zeros(1, 'int9')
%---- gives ----
error: Trailing string input must be a valid numeric class name or "like".
  size_of_text.m:1:1
    zeros('3')
    ^^^^^^^^^^
    zeros got char '3'
