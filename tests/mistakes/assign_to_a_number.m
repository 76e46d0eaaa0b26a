1 = 2
%---- gives ----
error: The expression to the left of the equals sign is not a valid target for an assignment.
  assign_to_a_number.m:1:1
    1 = 2
    ^
    `1` is no variable
