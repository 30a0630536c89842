import { createBrowserRouter, RouterProvider } from 'react-router';
import { Loading } from '../design/Answer';
import { open } from '../design/open';
import app from './app.json';
import { Frame } from './Frame';
import { NotFound } from './NotFound';

/** A screen is loaded when it is first shown. */
const router = () =>
  createBrowserRouter(
    [
      {
        element: <Frame />,
        HydrateFallback: Loading,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./overview/Overview')).Overview }) },
          {
            path: 'messages',
            lazy: async () => ({ Component: (await import('./messages/Messages')).Messages }),
          },
          { path: 'messages/:id', lazy: async () => ({ Component: (await import('./trace/Trace')).Trace }) },
          {
            path: 'messages/:id/replay',
            lazy: async () => ({ Component: (await import('./replay/ReplayPreview')).ReplayPreview }),
          },
          {
            path: 'dead-letters',
            lazy: async () => ({ Component: (await import('./deadletters/DeadLetters')).DeadLetters }),
          },
          {
            path: 'profiles',
            lazy: async () => ({ Component: (await import('./profiles/Profiles')).Profiles }),
          },
          {
            path: 'profiles/:name',
            lazy: async () => ({ Component: (await import('./profiles/ProfileEditor')).ProfileEditor }),
          },
          { path: 'reports', lazy: async () => ({ Component: (await import('./reports/Reports')).Reports }) },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
    { basename: app.path },
  );

// Only once the address is the app's own again does the router look at it.
void open(app, () => <RouterProvider router={router()} />);
