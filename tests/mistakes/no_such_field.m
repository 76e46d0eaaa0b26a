s.width = 3;
y = s.widht;
%---- gives ----
