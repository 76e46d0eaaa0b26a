x = undefinedThing + 1;
%---- gives ----
