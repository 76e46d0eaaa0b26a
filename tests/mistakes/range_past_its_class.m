k = uint8(1):300;
%---- gives ----
error: Colon operands must be in the range of the data type.
  range_past_its_class.m:1:5
    k = uint8(1):300;
        ^^^^^^^^^^^^
    uint8 goes from 0 to 255
