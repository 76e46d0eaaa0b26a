f = figure;
delete(f);
f.Name
%---- gives ----
error: Invalid or deleted object.
  deleted_figure.m:3:1
    f.Name
    ^^^^^^
