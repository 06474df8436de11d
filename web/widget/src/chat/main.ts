import './chat.css'
import { start } from './app'
import { readEnv } from './host'

const embedded = window.parent !== window
void start(readEnv(location, embedded))
