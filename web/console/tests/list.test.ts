import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import VirtualList from '@/ui/VirtualList.vue';

const ids = Array.from({ length: 10_000 }, (_, at) => `row-${at}`);
const list = (selected: string) => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(780);
  const view = mount(VirtualList, { props: { ids, selected, label: 'Conversations', height: 78, of: 'all', total: 12_345 }, attachTo: document.body });
  const at = () => view.findAll('[role=option]').map((row) => Number(row.attributes('aria-posinset')) - 1);
  return { view, box: view.get('[role=listbox]').element as HTMLElement, at };
};

it('of ten thousand rows only those in view are drawn, and each says which of how many it is', async () => {
  const { view, at } = list('row-0');
  await nextTick();
  expect(at()).toEqual(Array.from({ length: 18 }, (_, index) => index));
  expect(view.get('[role=option]').attributes('aria-setsize')).toBe('12345');
  expect(view.get('.virtual-all').attributes('style')).toContain('780000px');
});

it('the chosen row comes into view with its neighbours, and the focus of the list names it', async () => {
  const { view, box, at } = list('row-0');
  await nextTick();
  await view.setProps({ selected: 'row-5000' });
  await nextTick();
  expect(box.scrollTop).toBe(5001 * 78 - 780);
  expect(at()).toContain(5000);
  expect(at().length).toBeLessThan(30);
  const named = document.getElementById(box.getAttribute('aria-activedescendant')!)!;
  expect(named.getAttribute('aria-posinset')).toBe('5001');

  await view.setProps({ selected: 'row-5001' });
  await view.setProps({ selected: 'row-4999' });
  expect(box.scrollTop).toBe(5002 * 78 - 780);
});

it('what is scrolled to is drawn, and the end asks for more', async () => {
  const { view, box, at } = list('row-0');
  await nextTick();
  box.scrollTop = 9_990 * 78;
  await view.get('[role=listbox]').trigger('scroll');
  expect(at().at(-1)).toBe(9_999);
  expect(view.emitted('end')).toBeTruthy();
});
