classdef Thing
end
%---- gives ----
