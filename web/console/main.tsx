import { render } from 'preact';
import './console.css';
import './conversations.css';
import './views.css';
import { Console } from './console';

const place = document.getElementById('console');
if (place) render(<Console />, place);
