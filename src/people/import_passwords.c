#include "people/rooms.h"
