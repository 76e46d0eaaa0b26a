epoch = 7;
assert(epoch < 5, 'net:epochs', 'epoch %d is too many', epoch)
%---- gives ----
error: epoch 7 is too many
  assertion_with_a_message.m:2:1
    assert(epoch < 5, 'net:epochs', 'epoch %d is too many', epoch)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
