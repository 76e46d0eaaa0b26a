x = undefinedThing + 1;
%---- gives ----
error: Unrecognized function or variable 'undefinedThing'.
  undefined_name.m:1:5
    x = undefinedThing + 1;
        ^^^^^^^^^^^^^^
  + did you mean 'isundefined'?
