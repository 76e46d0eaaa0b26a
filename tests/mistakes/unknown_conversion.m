x = num2cell()
%---- gives ----
error: Not enough input arguments.
  unknown_conversion.m:1:5
    x = num2cell()
        ^^^^^^^^^^
    C = num2cell(A)
    C = num2cell(A, dim)
