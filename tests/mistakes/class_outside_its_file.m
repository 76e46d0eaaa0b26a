classdef Thing
end
%---- gives ----
error: Illegal use of reserved keyword "classdef".
  class_outside_its_file.m:1:1
    classdef Thing
    ^^^^^^^^
  + a class is written in a file of its own, Thing.m
