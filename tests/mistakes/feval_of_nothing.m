feval('nothingAtAll')
%---- gives ----
