classdef Thing
end
%---- gives ----
error: Classes written in a program are not in cnnscript yet.
  classes_come_later.m:1:1
    classdef Thing
    ^^^^^^^^
  + functions, structs and handles are
