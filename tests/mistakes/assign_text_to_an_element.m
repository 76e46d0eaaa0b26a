x = 1:3;
x(2) = 'hello';
%---- gives ----
error: Unable to perform assignment because the left and right sides have a different number of elements.
  assign_text_to_an_element.m:2:1
    x(2) = 'hello';
    ^^^^^^^^^^^^^^
    the left side has 1
    the right side has 5
