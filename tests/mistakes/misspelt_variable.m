image = ones(3);
z = imge * 2;
%---- gives ----
