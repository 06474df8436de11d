// What an entry of a menu is made of: brought by the menu, which is loaded when first opened.

import type { Component, InjectionKey } from 'vue';

export const menuEntry: InjectionKey<Component> = Symbol('menu entry');
