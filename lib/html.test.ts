import { expect, test } from 'vitest'
import { html } from './html.ts'

test('what is put in is text, in elements and in attributes', () => {
  const hostile = `<img src=x onerror="alert('1')">&amp;`
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;">' +
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;</p>',
  )
})

test('markup stays markup, lists are joined, null is nothing', () => {
  const rows = ['a<', 'b'].map((name, index) => html`<li>${name} ${index}</li>`)
  expect(html`<ul>${rows}</ul>${null}`.text).toBe('<ul><li>a&lt; 0</li><li>b 1</li></ul>')
})
