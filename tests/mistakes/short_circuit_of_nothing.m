x = [];
if x || true, disp('yes'), end
%---- gives ----
error: Operands to the logical AND (&&) and OR (||) operators must be convertible to logical scalar values. Use the ANY or ALL functions to reduce operands to logical scalar values.
  short_circuit_of_nothing.m:2:4
    if x || true, disp('yes'), end
       ^
    this operand is 0x0 double
  + ~isempty(...) makes one logical of an empty value
