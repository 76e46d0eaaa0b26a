name = 'conv1';
if name == 'relu', disp('same'), end
%---- gives ----
error: Arrays have incompatible sizes for this operation.
  sizes_of_text.m:2:9
    if name == 'relu', disp('same'), end
       ---- ^^ ------
    name is 1x5
    right is 1x4
  + needs equal sizes, or 1 where they differ
