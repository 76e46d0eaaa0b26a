x = 1;
end
%---- gives ----
