setMode("fast");
function setMode(mode)
  arguments
    mode {mustBeMember(mode, ["train", "test"])}
  end
end
%---- gives ----
error: Invalid argument at position 1. Value must be a member of this set:
    'train'
    'test'
  value_not_in_a_set.m:4:11
    mode {mustBeMember(mode, ["train", "test"])}
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    got a 1x1 string
