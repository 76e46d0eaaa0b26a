x = ['abc'; 'de'];
%---- gives ----
error: Dimensions of arrays being concatenated are not consistent.
  unequal_text_rows.m:1:5
    x = ['abc'; 'de'];
        ^^^^^^^^^^^^^
    part 1 is 1x3
    part 2 is 1x2
