cd no_such_folder_here
%---- gives ----
error: Unable to change current folder to 'no_such_folder_here' (Name is nonexistent or not a folder).
  missing_folder.m:1:1
    cd no_such_folder_here
    ^^^^^^^^^^^^^^^^^^^^^^
