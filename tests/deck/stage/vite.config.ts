import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { yamlMessages } from '../../../setup/yaml-messages.ts'

/** The player on a bare page, for the tests of its pictures. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [vue(), yamlMessages()],
  logLevel: 'error',
  define: { 'import.meta.env.DEV': 'false' },
})
