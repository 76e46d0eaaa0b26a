image = ones(3);
z = imge * 2;
%---- gives ----
error: Unrecognized function or variable 'imge'.
  misspelt_variable.m:2:5
    z = imge * 2;
        ^^^^
  + did you mean 'image'?
