/** How the site looks, and in which order it is read. */
import { defineConfig } from 'vitepress'
import { sidebar } from '../pages.ts'

export default defineConfig({
  title: 'Callchart',
  description: 'A stateful calling engine for Microsoft Graph (Teams) bots.',
  srcDir: 'pages',
  outDir: 'dist',
  cleanUrls: true,
  themeConfig: {
    search: { provider: 'local' },
    nav: [{ text: 'Reference', link: '/reference/' }],
    sidebar: sidebar(),
    outline: 'deep',
  },
})
