m = containers.Map({'conv1'}, {64});
m('conv2')
%---- gives ----
error: The specified key is not present in this container.
  no_such_key.m:2:1
    m('conv2')
    ^^^^^^^^^^
    the key is 'conv2'
    there are 1 keys
  + did you mean 'conv1'?
