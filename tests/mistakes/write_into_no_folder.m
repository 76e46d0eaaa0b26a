imwrite(ones(3), 'no_such_folder/x.png')
%---- gives ----
error: Unable to open file "no_such_folder/x.png" for writing. You might not have write permission.
  write_into_no_folder.m:1:1
    imwrite(ones(3), 'no_such_folder/x.png')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    there is no folder no_such_folder
