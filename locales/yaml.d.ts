declare module '*.yaml' {
  const messages: import('./translate.ts').Messages
  export default messages
}
