imwrite(ones(3), 'no_such_folder/x.png')
%---- gives ----
