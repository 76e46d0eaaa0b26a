"""Components of apps among the other kinds of objects."""

from cnnscript.pictures.graphics.objects import every_kind


def test_no_two_kinds_of_objects_are_made_by_classes_of_one_name():
    names = [cls.__name__ for cls in set(every_kind())]  # one of two parents is listed twice
    assert len(names) == len(set(names))
