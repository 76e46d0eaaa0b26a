m = containers.Map({'a'}, {1});
remove(m, 'b');
%---- gives ----
error: The specified key is not present in this container.
  key_to_remove.m:2:1
    remove(m, 'b');
    ^^^^^^^^^^^^^^
    the key is 'b'
    there are 1 keys
