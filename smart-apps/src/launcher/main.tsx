import { open } from '../design/open';
import app from './app.json';
import { Launcher } from './Launcher';

void open(app, () => <Launcher />);
